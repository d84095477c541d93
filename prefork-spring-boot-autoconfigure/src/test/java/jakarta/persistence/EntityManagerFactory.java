package jakarta.persistence;

import java.util.Map;

/**
 * Stands for the interface of JPA, which is known by its name.
 */
public interface EntityManagerFactory {

	Map<String, Object> getProperties();

}
