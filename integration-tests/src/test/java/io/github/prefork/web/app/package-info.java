/**
 * An application that shows on the wire how its web server is configured. Every answer
 * begins with the pid of the process that made it.
 */
@NullMarked
package io.github.prefork.web.app;

import org.jspecify.annotations.NullMarked;
