package io.github.cloudmapgraph.local.faults;

import static java.util.stream.Collectors.toMap;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.neo4j.driver.Driver;
import org.neo4j.driver.EagerResult;
import org.neo4j.driver.async.AsyncSession;
import org.neo4j.driver.async.AsyncTransactionCallback;
import org.neo4j.driver.async.AsyncTransactionContext;
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
            if (method.getName().equals("executeWriteAsync") && arguments.length == 2) {
                var work = (AsyncTransactionCallback<?>) arguments[0];
                if (mutation == Mutation.NO_TRANSACTION) {
                    return work.execute(eachByItself(driver));
                }
                arguments[0] = (AsyncTransactionCallback<?>) context -> work.execute(careless(context, mutation));
            }
            return method.invoke(session, arguments);
        });
    }

    private static AsyncTransactionContext eachByItself(Driver driver) {
        return proxy(AsyncTransactionContext.class, driver, (method, arguments) -> {
            if (method.getName().equals("runAsync")
                    && arguments[0] instanceof String cypher
                    && arguments[1] instanceof Map<?, ?> parameters) {
                return CompletableFuture.completedStage(cursor(driver.executableQuery(cypher)
                        .withParameters(parameters.entrySet().stream()
                                .collect(toMap(entry -> (String) entry.getKey(), Map.Entry::getValue)))
                        .execute()));
            }
            throw new UnsupportedOperationException(method.toString());
        });
    }

    private static ResultCursor cursor(EagerResult result) {
        return proxy(ResultCursor.class, result, (method, _) -> switch (method.getName()) {
            case "listAsync" -> CompletableFuture.completedStage(result.records());
            case "consumeAsync" -> CompletableFuture.completedStage(result.summary());
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static AsyncTransactionContext careless(AsyncTransactionContext context, Mutation mutation) {
        return proxy(AsyncTransactionContext.class, context, (method, arguments) -> {
            if (method.getName().equals("runAsync") && arguments[0] instanceof String cypher) {
                arguments[0] = switch (mutation) {
                    case NO_VERSION_GUARD -> cypher.replace(VERSION_IS_READ, NONE_IS_READ);
                    case NO_DELETIONS -> DELETION.matcher(cypher).replaceAll("SET $1.people_spared = true");
                    default -> cypher;
                };
            }
            return method.invoke(context, arguments);
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
