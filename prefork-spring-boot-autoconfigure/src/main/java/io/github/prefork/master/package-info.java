/**
 * The master at work: its web server and its fleet. How a child is started is in
 * {@code command}, its process in {@code process}, the port in {@code listener}, what is
 * asked of a fleet in {@code operation}, and by signals in {@code signal}.
 */
@NullMarked
package io.github.prefork.master;

import org.jspecify.annotations.NullMarked;
