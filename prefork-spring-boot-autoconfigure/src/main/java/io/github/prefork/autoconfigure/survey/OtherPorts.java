package io.github.prefork.autoconfigure.survey;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Ports that a child opens besides the one that the master has given it.
 *
 * @param ofMaster the port of the master
 * @param open the ports on which this process listens
 */
record OtherPorts(int ofMaster, Collection<Integer> open) implements Finder {

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		String ports = this.open.stream()
			.filter((port) -> port != this.ofMaster)
			.map(String::valueOf)
			.collect(Collectors.joining(", "));
		return ports.isEmpty() ? List.of() : List.of("servers on other ports: " + ports
				+ ". Only one child can open a port, so a fixed one keeps the others from starting; have that server elsewhere");
	}

	@Override
	public boolean isInformation() {
		return true;
	}

}
