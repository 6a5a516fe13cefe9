package io.github.cloudmapgraph.local.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which browser is taken, on machines that this one is not. */
class ChromiumTest {
    @TempDir
    Path folder;

    private final List<String> ran = new ArrayList<>();

    @Test
    void find_takesTheOneThatIsNamed_beforeAnyOther() throws Exception {
        Path named = program("my-browser");
        program("chromium");
        assertThat(on(false, "nothing", Map.of(Chromium.VARIABLE, named.toString()))
                        .find())
                .contains(named);
        assertThat(ran).isEmpty();
    }

    @Test
    void find_fails_whenTheNamedOneIsNotThere() throws Exception {
        program("chromium");
        assertThatThrownBy(() -> on(false, "nothing", Map.of(Chromium.VARIABLE, "/no/such"))
                        .find())
                .hasMessageContaining("/no/such");
    }

    @Test
    void find_takesWhatIsOnThePath_withoutInstallingAnything() throws Exception {
        Path chrome = program("google-chrome");
        assertThat(on(true, "everything", Map.of()).find()).contains(chrome);
        assertThat(ran).isEmpty();
    }

    @Test
    void find_installsDebiansPackage_whenItMay() throws Exception {
        program("apt-get");
        assertThat(on(true, "everything", Map.of()).find()).contains(folder.resolve("chromium"));
        assertThat(ran).hasSize(2).allMatch(command -> command.startsWith("apt-get "));
    }

    @Test
    void find_letsPlaywrightInstallItsOwn_elsewhere() throws Exception {
        program("apt-get");
        assertThat(on(false, "everything", Map.of()).find()).isEmpty();
        assertThat(ran).singleElement().asString().endsWith("com.microsoft.playwright.CLI install chromium");
    }

    @Test
    void find_saysWhatToInstall_whenNothingCouldBeBrought() throws Exception {
        program("apt-get");
        assertThatThrownBy(() -> on(true, "nothing", Map.of()).find())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("install the package chromium")
                .hasMessageContaining(Chromium.VARIABLE);
        assertThat(ran).hasSize(2);
    }

    private Chromium on(boolean root, String works, Map<String, String> variables) {
        Map<String, String> environment = new java.util.HashMap<>(variables);
        environment.put("PATH", folder.toString());
        return new Chromium(environment, new Chromium.Commands() {
            @Override
            public boolean run(List<String> command) throws IOException {
                ran.add(String.join(" ", command));
                if (works.equals("everything") && command.contains("--yes")) {
                    program("chromium");
                }
                return works.equals("everything");
            }

            @Override
            public boolean isRoot() {
                return root;
            }
        });
    }

    private Path program(String name) throws IOException {
        Path program = Files.createFile(folder.resolve(name));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
