package io.github.prefork.channel;

/**
 * A message on the control connection between master and child.
 */
public sealed interface Message permits ToMaster, ToChild {

}
