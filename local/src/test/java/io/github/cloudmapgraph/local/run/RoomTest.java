package io.github.cloudmapgraph.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
    @TempDir
    Path folder;

    @Test
    void require_makesTheFolder_whenThereIsRoom() throws IOException {
        Room.require(folder.resolve("new"), 1);

        assertThat(folder.resolve("new")).isDirectory();
    }

    @Test
    void require_saysWhatIsMissing_whenThereIsNone() {
        assertThatThrownBy(() -> Room.require(folder, Long.MAX_VALUE))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("MiB are needed");
    }
}
