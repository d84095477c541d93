package io.github.prefork.web;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Talks through a WebSocket: a message, its answer, another message, its answer.
 */
final class Talk implements WebSocket.Listener {

	private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

	private Talk() {
	}

	static Answer with(Browser browser) throws Exception {
		Talk talk = new Talk();
		URI uri = URI.create(browser.server().replaceFirst("http", "ws") + "/echo");
		WebSocket socket = browser.client().newWebSocketBuilder().buildAsync(uri, talk).get(10, TimeUnit.SECONDS);
		String first = talk.say(socket, "one");
		String second = talk.say(socket, "two");
		socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
		return Answer.of(first + "," + second);
	}

	private String say(WebSocket socket, String message) throws Exception {
		socket.sendText(message, true).get(10, TimeUnit.SECONDS);
		return String.valueOf(this.heard.poll(10, TimeUnit.SECONDS));
	}

	@Override
	public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
		this.heard.add(data.toString());
		socket.request(1);
		return null;
	}

}
