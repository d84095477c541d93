package io.github.prefork.load;

import java.time.Duration;

/**
 * Builds a {@link LoadPlan}.
 */
public final class LoadPlanBuilder {

	private final int port;

	private String host = "127.0.0.1";

	private String path = "/";

	private String method = "GET";

	private String body = "";

	private double rate = 100;

	private int connections = 16;

	private long requests;

	private Duration duration = Duration.ofSeconds(10);

	private ConnectionMode mode = ConnectionMode.NEW;

	private Duration timeout = Duration.ofSeconds(10);

	private boolean echoed;

	LoadPlanBuilder(int port) {
		this.port = port;
	}

	/**
	 * Set the server's host.
	 * @param host a name or an address
	 * @return this
	 */
	public LoadPlanBuilder host(String host) {
		this.host = host;
		return this;
	}

	/**
	 * Set what to ask for.
	 * @param path the path with its query
	 * @return this
	 */
	public LoadPlanBuilder path(String path) {
		this.path = path;
		return this;
	}

	/**
	 * Set the request method.
	 * @param method the method
	 * @return this
	 */
	public LoadPlanBuilder method(String method) {
		this.method = method;
		return this;
	}

	/**
	 * Set the request body.
	 * @param body the body, sent as UTF-8 text
	 * @return this
	 */
	public LoadPlanBuilder body(String body) {
		this.body = body;
		return this;
	}

	/**
	 * Set the rate of all connections together.
	 * @param rate the number of requests per second
	 * @return this
	 */
	public LoadPlanBuilder rate(double rate) {
		this.rate = rate;
		return this;
	}

	/**
	 * Set how many requests can be in flight at the same time.
	 * @param connections the number of connections
	 * @return this
	 */
	public LoadPlanBuilder connections(int connections) {
		this.connections = connections;
		return this;
	}

	/**
	 * Set the length of the run by a number.
	 * @param requests the number of requests; 0 means that the duration counts
	 * @return this
	 */
	public LoadPlanBuilder requests(long requests) {
		this.requests = requests;
		return this;
	}

	/**
	 * Set the length of the run by time.
	 * @param duration the time in which requests are scheduled
	 * @return this
	 */
	public LoadPlanBuilder duration(Duration duration) {
		this.duration = duration;
		this.requests = 0;
		return this;
	}

	/**
	 * Set how long a connection lives.
	 * @param mode the mode
	 * @return this
	 */
	public LoadPlanBuilder mode(ConnectionMode mode) {
		this.mode = mode;
		return this;
	}

	/**
	 * Set how long a request may take from its actual start.
	 * @param timeout the longest time
	 * @return this
	 */
	public LoadPlanBuilder timeout(Duration timeout) {
		this.timeout = timeout;
		return this;
	}

	/**
	 * Expect the request body in each response; another one is a failure.
	 * @return this
	 */
	public LoadPlanBuilder echoed() {
		this.echoed = true;
		return this;
	}

	/**
	 * Build the plan.
	 * @return the plan
	 * @throws IllegalArgumentException if a value is not valid; the message says which
	 */
	public LoadPlan build() {
		long count = (this.requests != 0) ? this.requests : Math.round(this.rate * this.duration.toNanos() / 1e9);
		return new LoadPlan(this.host, this.port, this.path, this.method, this.body, this.rate, this.connections, count,
				this.mode, this.timeout, this.echoed);
	}

}
