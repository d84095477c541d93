package io.github.prefork.child.planted;

import io.github.prefork.master.planted.PlantedMaster;
import org.jspecify.annotations.Nullable;

/**
 * Imports what a child must not import.
 *
 * @param master the master
 */
public record PlantedChild(@Nullable PlantedMaster master) {

}
