package io.github.cloudmapgraph.infra;

import io.github.cloudmapgraph.infra.options.Options;
import io.github.cloudmapgraph.infra.options.OptionsException;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awscdk.App;

/** The CDK app that {@code npx cdk} runs, in the folder {@code infra-cdk}. */
public final class CloudMapGraphApp {
    private CloudMapGraphApp() {}

    /** Synthesizes the stack, or says on one page what is wrong with the options. */
    public static void main(String[] args) {
        var app = new App();
        try {
            new CloudMapGraphStack(app, Options.of(contextOf(app)), Jars.builtIn(Path.of("..")));
        } catch (OptionsException | JarMissingException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        app.synth();
    }

    /** Returns cdk.json's context and that of the command line. */
    @SuppressWarnings("unchecked") // A JSON object, whose keys are texts.
    static Map<String, ?> contextOf(App app) {
        return (Map<String, ?>) app.getNode().getAllContext();
    }
}
