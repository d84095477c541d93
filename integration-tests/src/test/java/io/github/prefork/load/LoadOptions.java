package io.github.prefork.load;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a plan from a command line of {@code --name=value} options.
 */
final class LoadOptions {

	static final String HELP = """
			Puts HTTP/1.1 load on a server, without any retry, and reports every failure.

			  --port=N           the server's port (required)
			  --host=HOST        default 127.0.0.1
			  --path=PATH        path with query, default /
			  --method=METHOD    default GET
			  --body=TEXT        request body, default none
			  --rate=N           requests per second, all connections together, default 100
			  --connections=N    most requests at the same time, default 16
			  --duration=TIME    length of the run: 500ms, 10s, 2m or PT10S, default 10s
			  --requests=N       length of the run as a number of requests, instead of --duration
			  --mode=MODE        new: a connection for each request (default), keep-alive: as long as the server lets it live
			  --timeout=TIME     longest time for one request, default 10s
			  --help             this text

			The pid that has accepted a connection is known if the server sends the header X-Prefork-Pid.
			Latency counts from the scheduled start. Exit status: 0 all requests succeeded, 1 not all, 2 wrong option.""";

	private static final Pattern OPTION = Pattern.compile("--([a-z]+)=(.*)", Pattern.DOTALL);

	private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)");

	private LoadOptions() {
	}

	/**
	 * Read the options.
	 * @param args the command line
	 * @return the plan
	 * @throws IllegalArgumentException if an option is unknown or has no valid value; the
	 * message says which
	 */
	static LoadPlan parse(String... args) {
		int port = 0;
		for (String arg : args) {
			Matcher option = option(arg);
			port = (option.group(1).equals("port")) ? (int) number("port", option.group(2)) : port;
		}
		LoadPlanBuilder builder = LoadPlan.to(port);
		for (String arg : args) {
			Matcher option = option(arg);
			apply(builder, option.group(1), option.group(2));
		}
		return builder.build();
	}

	private static Matcher option(String arg) {
		Matcher matcher = OPTION.matcher(arg);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'" + arg + "' is not --name=value");
		}
		return matcher;
	}

	private static LoadPlanBuilder apply(LoadPlanBuilder builder, String name, String value) {
		return switch (name) {
			case "port" -> builder;
			case "host" -> builder.host(value);
			case "path" -> builder.path(value);
			case "method" -> builder.method(value.toUpperCase(Locale.ROOT));
			case "body" -> builder.body(value);
			case "rate" -> builder.rate(number(name, value));
			case "connections" -> builder.connections((int) number(name, value));
			case "requests" -> builder.requests((long) number(name, value));
			case "duration" -> builder.duration(time(name, value));
			case "mode" -> builder.mode(ConnectionMode.of(value));
			case "timeout" -> builder.timeout(time(name, value));
			default -> throw new IllegalArgumentException("unknown option --" + name);
		};
	}

	private static double number(String name, String value) {
		try {
			return Double.parseDouble(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(name + " must be a number, not '" + value + "'");
		}
	}

	private static Duration time(String name, String value) {
		Matcher matcher = TIME.matcher(value);
		if (matcher.matches()) {
			long amount = Long.parseLong(matcher.group(1));
			return switch (matcher.group(2)) {
				case "ms" -> Duration.ofMillis(amount);
				case "s" -> Duration.ofSeconds(amount);
				default -> Duration.ofMinutes(amount);
			};
		}
		try {
			return Duration.parse(value);
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException(name + " must be a time such as 500ms, 10s or 2m, not '" + value + "'");
		}
	}

}
