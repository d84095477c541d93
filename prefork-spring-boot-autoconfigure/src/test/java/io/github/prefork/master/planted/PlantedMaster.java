package io.github.prefork.master.planted;

import io.github.prefork.autoconfigure.planted.PlantedAutoConfiguration;
import io.github.prefork.child.planted.PlantedChild;

/**
 * Imports what a master must not import.
 *
 * @param child a child
 * @param wiring an auto-configuration
 */
public record PlantedMaster(PlantedChild child, PlantedAutoConfiguration wiring) {

}
