/**
 * What works in an application on Reactor Netty works in a fleet: TLS, HTTP/2, the
 * server's properties and customizers, and the management server.
 */
@NullMarked
package io.github.prefork.web;

import org.jspecify.annotations.NullMarked;
