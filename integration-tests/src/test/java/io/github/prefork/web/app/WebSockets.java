package io.github.prefork.web.app;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;

/**
 * A WebSocket that answers each message with the pid and the message. Its mapping says
 * where it is created.
 */
@Configuration(proxyBeanMethods = false)
class WebSockets {

	@Bean
	HandlerMapping echo() {
		Creation.announce("web socket mapping");
		WebSocketHandler echo = (session) -> session.send(session.receive()
			.map((message) -> session.textMessage(ProcessHandle.current().pid() + " " + message.getPayloadAsText())));
		return new SimpleUrlHandlerMapping(Map.of("/echo", echo), 1);
	}

}
