package io.github.prefork.autoconfigure.survey;

import java.util.List;

/**
 * Finds things of one kind that each child does.
 */
interface Finder {

	/**
	 * Find them.
	 * @param beans the beans of a child
	 * @param children the number of processes that run the application
	 * @return a line for each thing, with what to do about it
	 */
	List<String> find(ExistingBeans beans, int children);

	/**
	 * Return whether what is found is only to be known. It may be as it has to be, and
	 * nothing can say that it is.
	 * @return whether it is no reason for a warning
	 */
	default boolean isInformation() {
		return false;
	}

}
