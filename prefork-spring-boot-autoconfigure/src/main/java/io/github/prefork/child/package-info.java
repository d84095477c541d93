/**
 * The child at work: its claim, the adopted listeners, readiness, heartbeats, leaving.
 */
@NullMarked
package io.github.prefork.child;

import org.jspecify.annotations.NullMarked;
