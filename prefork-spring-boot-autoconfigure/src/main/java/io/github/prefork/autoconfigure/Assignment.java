package io.github.prefork.autoconfigure;

/**
 * The role that an application got.
 *
 * @param decision the decision
 * @param claim what the decision knew of the claim at a master
 */
record Assignment(Decision decision, ClaimOutcome claim) {

}
