package io.github.cloudmapgraph.local.faults;

import static java.util.stream.Collectors.toMap;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.neo4j.driver.Driver;
import org.neo4j.driver.EagerResult;
import org.neo4j.driver.async.AsyncSession;
import org.neo4j.driver.async.AsyncTransaction;
import org.neo4j.driver.async.ResultCursor;

/** A driver whose transactions are none, or whose statements tell of no version or delete nothing. */
final class CarelessDriver {
    private static final String VERSION_IS_READ = "RETURN properties(state) AS properties";
    private static final String NONE_IS_READ = "RETURN state {.*, version: 0} AS properties";

    private static final Pattern DELETION = Pattern.compile("DETACH DELETE (service|instance)\\b");

    private CarelessDriver() {}

    static Driver of(Driver driver, Mutation mutation) {
        return proxy(Driver.class, driver, (method, arguments) -> {
            Object made = method.invoke(driver, arguments);
            return made instanceof AsyncSession session ? session(session, driver, mutation) : made;
        });
    }

    private static AsyncSession session(AsyncSession session, Driver driver, Mutation mutation) {
        return proxy(AsyncSession.class, session, (method, arguments) -> {
            Object made = method.invoke(session, arguments);
            if (!method.getName().equals("beginTransactionAsync")) {
                return made;
            }
            return ((CompletionStage<?>) made).thenApply(begun -> careless((AsyncTransaction) begun, driver, mutation));
        });
    }

    private static AsyncTransaction careless(AsyncTransaction transaction, Driver driver, Mutation mutation) {
        return proxy(AsyncTransaction.class, transaction, (method, arguments) -> {
            if (method.getName().equals("runAsync")
                    && arguments[0] instanceof String cypher
                    && arguments[1] instanceof Map<?, ?> parameters) {
                switch (mutation) {
                    case NO_TRANSACTION -> {
                        return CompletableFuture.completedStage(byItself(driver, cypher, parameters));
                    }
                    case NO_VERSION_GUARD -> arguments[0] = cypher.replace(VERSION_IS_READ, NONE_IS_READ);
                    case NO_DELETIONS ->
                        arguments[0] = DELETION.matcher(cypher).replaceAll("SET $1.people_spared = true");
                    default -> {}
                }
            }
            return method.invoke(transaction, arguments);
        });
    }

    private static ResultCursor byItself(Driver driver, String cypher, Map<?, ?> parameters) {
        return cursor(driver.executableQuery(cypher)
                .withParameters(parameters.entrySet().stream()
                        .collect(toMap(entry -> (String) entry.getKey(), Map.Entry::getValue)))
                .execute());
    }

    private static ResultCursor cursor(EagerResult result) {
        return proxy(ResultCursor.class, result, (method, _) -> switch (method.getName()) {
            case "listAsync" -> CompletableFuture.completedStage(result.records());
            case "consumeAsync" -> CompletableFuture.completedStage(result.summary());
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    /** What a proxy does with a call. */
    private interface Call {
        Object make(java.lang.reflect.Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Object behind, Call call) {
        InvocationHandler handler = (_, method, arguments) -> {
            try {
                return call.make(method, arguments == null ? new Object[0] : arguments.clone());
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(behind.getClass().getClassLoader(), new Class<?>[] {type}, handler));
    }
}
