/**
 * Properties, the decision of the role, auto-configurations and failure analyzers.
 */
@NullMarked
package io.github.prefork.autoconfigure;

import org.jspecify.annotations.NullMarked;
