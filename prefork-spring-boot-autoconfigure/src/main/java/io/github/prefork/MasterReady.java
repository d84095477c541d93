package io.github.prefork;

import java.util.List;

/**
 * All children of the first start have been launched; published once. An exception thrown
 * by a listener stops the fleet (fasthttp: {@code OnMasterReady}).
 *
 * @param children the launched children by slot
 */
public record MasterReady(List<ChildIdentity> children) implements PreforkEvent {

	public MasterReady {
		children = List.copyOf(children);
	}

}
