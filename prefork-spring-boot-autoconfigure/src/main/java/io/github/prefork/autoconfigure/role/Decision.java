package io.github.prefork.autoconfigure.role;

import io.github.prefork.PreforkRole;

/**
 * The role of an application.
 *
 * @param role the role
 * @param reason why prefork is not active, in one line; empty for a master and a child
 * @param notice how loudly the reason is given
 */
public record Decision(PreforkRole role, String reason, Notice notice) {

	static Decision of(PreforkRole role) {
		return new Decision(role, "", Notice.DEBUG);
	}

	static Decision standalone(String reason, Notice notice) {
		return new Decision(PreforkRole.STANDALONE, reason, notice);
	}

	boolean isActive() {
		return this.role != PreforkRole.STANDALONE;
	}

}
