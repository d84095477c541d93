/**
 * Tests of what a fleet does once and what it does in each child, with an application
 * that has a database.
 */
package io.github.prefork.once;
