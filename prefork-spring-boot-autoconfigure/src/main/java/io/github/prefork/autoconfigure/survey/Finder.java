package io.github.prefork.autoconfigure.survey;

import java.util.List;

/**
 * Finds things of one kind that each child does.
 */
interface Finder {

	/**
	 * Find them.
	 * @param beans the beans of a child
	 * @param children the number of children
	 * @return a line for each thing, with what to do about it
	 */
	List<String> find(ExistingBeans beans, int children);

}
