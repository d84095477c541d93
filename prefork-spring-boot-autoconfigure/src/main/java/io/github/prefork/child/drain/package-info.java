/**
 * The connections of the child's main server, and how they end when the child goes: what
 * is in flight is finished, and clients are told to go elsewhere.
 */
@NullMarked
package io.github.prefork.child.drain;

import org.jspecify.annotations.NullMarked;
