package io.github.prefork.autoconfigure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The {@code prefork.*} properties that are set, by canonical name, each with a digest of
 * its value: enough to find out which ones differ in two processes, and nothing that
 * gives a value away.
 */
final class SettingsDigest {

	private static final Bindable<PreforkProperties> PROPERTIES = Bindable.of(PreforkProperties.class);

	/** A child obeys these itself, so another value takes effect with the child. */
	private static final Set<String> OF_CHILDREN = Set.of("prefork.child.on-master-death",
			"prefork.drain.idle-timeout");

	/** The limit of all names together: it keeps the message of a child small. */
	private static final int MOST_CHARACTERS = 16 * 1024;

	private SettingsDigest() {
	}

	/**
	 * Read the properties that master and children should agree on: those that the user
	 * has set, but not for the children alone.
	 * @param environment the environment
	 * @param child what is set for the children alone
	 * @return the digests by name
	 */
	static Map<String, Long> of(ConfigurableEnvironment environment, PreforkProperties.Child child) {
		SettingsRecorder recorder = new SettingsRecorder();
		new UserSettings(environment).bind("prefork", PROPERTIES, recorder);
		Map<String, String> values = new TreeMap<>(recorder.values());
		values.keySet().removeAll(OF_CHILDREN);
		values.keySet().removeAll(namesIn(child));
		return digests(values);
	}

	private static Set<String> namesIn(PreforkProperties.Child child) {
		SettingsRecorder recorder = new SettingsRecorder();
		new Binder(ChildrenAlone.of(child).sources()).bind("prefork", PROPERTIES, recorder);
		return recorder.values().keySet();
	}

	private static Map<String, Long> digests(Map<String, String> values) {
		Map<String, Long> digests = new HashMap<>();
		int characters = 0;
		for (Map.Entry<String, String> entry : values.entrySet()) {
			characters += entry.getKey().length();
			if (characters <= MOST_CHARACTERS) {
				digests.put(entry.getKey(), digest(entry.getValue()));
			}
		}
		return digests;
	}

	private static long digest(String value) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
			return ByteBuffer.wrap(digest).getLong();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JVM has SHA-256", ex);
		}
	}

}
