package io.github.prefork;

/**
 * This child, a standby so far, has been given a slot: it begins to accept connections.
 * Published in the child's application context, once, on a thread of its own.
 *
 * @param slot the slot
 */
public record SlotAssigned(int slot) implements PreforkEvent {

}
