package io.github.cloudmapgraph.local.faults;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.regex.Pattern;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionContext;

/** A driver whose transactions are none, or whose statements tell of no version or delete nothing. */
final class CarelessDriver {
    private static final String VERSION_IS_READ = "RETURN properties(state) AS properties";
    private static final String NONE_IS_READ = "RETURN state {.*, version: 0} AS properties";

    private static final Pattern DELETION = Pattern.compile("DETACH DELETE (service|instance)\\b");

    private CarelessDriver() {}

    static Driver of(Driver driver, Mutation mutation) {
        return proxy(Driver.class, driver, (method, arguments) -> {
            Object made = method.invoke(driver, arguments);
            return made instanceof Session session ? session(session, mutation) : made;
        });
    }

    private static Session session(Session session, Mutation mutation) {
        return proxy(Session.class, session, (method, arguments) -> {
            if (method.getName().equals("executeWrite") && arguments.length == 2) {
                var work = (TransactionCallback<?>) arguments[0];
                if (mutation == Mutation.NO_TRANSACTION) {
                    return work.execute(eachByItself(session));
                }
                arguments[0] = (TransactionCallback<?>) context -> work.execute(careless(context, mutation));
            }
            return method.invoke(session, arguments);
        });
    }

    private static TransactionContext eachByItself(Session session) {
        return proxy(TransactionContext.class, session, (method, arguments) -> {
            if (method.getName().equals("run") && arguments.length == 2 && arguments[1] instanceof Map<?, ?>) {
                return Session.class.getMethod("run", String.class, Map.class).invoke(session, arguments);
            }
            throw new UnsupportedOperationException(method.toString());
        });
    }

    private static TransactionContext careless(TransactionContext context, Mutation mutation) {
        return proxy(TransactionContext.class, context, (method, arguments) -> {
            if (method.getName().equals("run") && arguments[0] instanceof String cypher) {
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
