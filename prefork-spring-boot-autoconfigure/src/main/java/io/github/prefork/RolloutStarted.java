package io.github.prefork;

import org.jspecify.annotations.Nullable;

/**
 * A rollout begins: children are replaced, one slot at a time. One that begins because of
 * a limit gives way to a request, and is then followed by another start and not by an end
 * of its own.
 *
 * @param generation the generation of the new children
 * @param cause why it begins
 * @param slot the slot whose child is replaced, {@code null} for all slots
 * @param reason the limit that was reached, {@code null} if somebody asked for it
 */
public record RolloutStarted(int generation, RolloutCause cause, @Nullable Integer slot,
		@Nullable String reason) implements PreforkEvent {

}
