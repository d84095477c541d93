/**
 * Measurements that compare, side by side in one run, what a fleet costs and what the
 * same application costs alone.
 */
package io.github.prefork.measure;
