package io.github.prefork.channel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a child has to know to find its master and claim its place: the value of the
 * environment variable {@value #VARIABLE}.
 *
 * @param masterPid the process id of the master
 * @param masterStarted when the master was started, in milliseconds since the epoch, 0 if
 * not known
 * @param token the one-time token of this launch
 * @param path the path of the master's socket
 */
public record ChannelAddress(long masterPid, long masterStarted, String token, String path) {

	/**
	 * The name of the environment variable.
	 */
	public static final String VARIABLE = "_PREFORK_CHANNEL";

	private static final Pattern VALUE = Pattern.compile("(\\d{1,18}):(\\d{1,18}):([0-9a-f]+):(.+)", Pattern.DOTALL);

	/**
	 * Return the value of the environment variable.
	 * @return the value
	 */
	public String toValue() {
		return this.masterPid + ":" + this.masterStarted + ":" + this.token + ":" + this.path;
	}

	/**
	 * Return where the file of a master may be that heartbeats are written into.
	 * @param socket the path of the master's socket
	 * @return the paths
	 */
	public static List<Path> heartbeats(Path socket) {
		return HeartbeatFile.places(socket);
	}

	/**
	 * Read the value of the environment variable.
	 * @param value the value, may be {@code null}
	 * @return the address, empty if there is none or it can't be read
	 */
	public static Optional<ChannelAddress> parse(@Nullable String value) {
		Matcher matcher = VALUE.matcher((value != null) ? value : "");
		return (!matcher.matches()) ? Optional.empty()
				: Optional.of(new ChannelAddress(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)),
						matcher.group(3), matcher.group(4)));
	}

}
