package io.github.prefork.master.command;

import java.util.HashMap;
import java.util.Map;

import io.github.prefork.channel.ChannelAddress;

/**
 * The environment of a child.
 */
final class ChildEnvironment {

	/**
	 * The variable that holds the slot; -1 in a standby.
	 */
	static final String SLOT = "PREFORK_SLOT";

	/**
	 * The variable that holds the generation.
	 */
	static final String GENERATION = "PREFORK_GENERATION";

	private ChildEnvironment() {
	}

	/**
	 * Return the environment of a child: that of the master and what the user added.
	 * Three variables are the fleet's and always set by it, so that none is left from a
	 * fleet that this master itself is a child of; every other {@code PREFORK_} variable
	 * is the user's and passes.
	 * @param master the environment of the master
	 * @param additional variables of the user, which win over those of the master
	 * @param slot the slot of the child
	 * @param generation the generation of the child
	 * @param channel where and how it claims its place
	 * @return the whole environment
	 */
	static Map<String, String> of(Map<String, String> master, Map<String, String> additional, int slot, int generation,
			ChannelAddress channel) {
		Map<String, String> environment = new HashMap<>(master);
		environment.putAll(additional);
		environment.put(SLOT, String.valueOf(slot));
		environment.put(GENERATION, String.valueOf(generation));
		environment.put(ChannelAddress.VARIABLE, channel.toValue());
		return environment;
	}

}
