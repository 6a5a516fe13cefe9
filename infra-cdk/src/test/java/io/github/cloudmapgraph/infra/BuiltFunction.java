package io.github.cloudmapgraph.infra;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;

/** A function as it is deployed: its jar, and what the template says of it. */
enum BuiltFunction {
    PRODUCER("Producer", "io.github.cloudmapgraph.producer.ProducerSettings", "of"),
    CONSUMER("Consumer", "io.github.cloudmapgraph.consumer.ConsumerSettings", "read");

    private static final String OWN_CLASSES = "io/github/cloudmapgraph/";

    private final String id;
    private final String settings;
    private final String read;

    BuiltFunction(String id, String settings, String read) {
        this.id = id;
        this.settings = settings;
        this.read = read;
    }

    Path jar() {
        Jars jars = Jars.builtIn(Path.of(".."));
        return this == PRODUCER ? jars.producer() : jars.consumer();
    }

    /** Loads what is in the jar and in the JDK, and nothing of this test. */
    URLClassLoader classes() throws IOException {
        return new URLClassLoader(new URL[] {jar().toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    String handlerIn(Synthesized made) {
        return made.properties("AWS::Lambda::Function", id).get("Handler").asText();
    }

    /** Returns the variables that a stack sets, with a plausible text for what CloudFormation draws. */
    Map<String, String> environmentIn(Synthesized made) {
        Map<String, String> environment = new TreeMap<>();
        made.properties("AWS::Lambda::Function", id)
                .at("/Environment/Variables")
                .properties()
                .forEach(variable -> environment.put(
                        variable.getKey(),
                        Expressions.text(variable.getValue()).replaceAll("<[^>]*>", drawnFor(variable.getKey()))));
        return environment;
    }

    private static String drawnFor(String variable) {
        if (variable.endsWith("_URL")) {
            return "https://sqs.eu-west-1.amazonaws.com/111122223333/CloudMapGraph-StateQueue-AbCdEf";
        }
        return variable.endsWith("_ARN")
                ? "arn:aws:secretsmanager:eu-west-1:111122223333:secret:StateNeo4j-AbCdEf"
                : "cloudmapgraph-state-abcdef";
    }

    /** Has the function's own code read an environment; throws what that code throws. */
    void readSettings(Map<String, String> environment) throws Exception {
        try (URLClassLoader classes = classes()) {
            Method reading = classes.loadClass(settings).getDeclaredMethod(read, Map.class);
            reading.setAccessible(true);
            reading.invoke(null, environment);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Returns those of the project's classes in the jar that ask the JDK for the environment. */
    List<String> readersOfTheEnvironment() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            return jar.stream()
                    .filter(entry -> entry.getName().startsWith(OWN_CLASSES)
                            && entry.getName().endsWith(".class"))
                    .map(entry -> {
                        try (InputStream bytes = jar.getInputStream(entry)) {
                            return ClassFile.of().parse(bytes.readAllBytes());
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .filter(BuiltFunction::readsTheEnvironment)
                    .map(type -> type.thisClass().asInternalName().replace('/', '.'))
                    .toList();
        }
    }

    private static boolean readsTheEnvironment(ClassModel type) {
        return type.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof InvokeInstruction call
                        && call.owner().asInternalName().equals("java/lang/System")
                        && call.name().equalsString("getenv"));
    }
}
