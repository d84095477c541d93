/**
 * An application with a database, migrations, jobs, runners and a consumer, and how each
 * of them goes with a fleet.
 */
@NullMarked
package io.github.prefork.recipes;

import org.jspecify.annotations.NullMarked;
