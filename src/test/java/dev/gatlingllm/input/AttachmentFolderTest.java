package dev.gatlingllm.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentFolderTest {

  @TempDir private Path folder;

  private static List<String> names(List<Attachment> files) {
    return files.stream().map(Attachment::name).toList();
  }

  @Test
  void givesSoManyFilesToEachCallAndBeginsAgain() throws IOException {
    for (String name : new String[] {"b.txt", "a.md", "c.csv", ".hidden"}) {
      Files.writeString(folder.resolve(name), "x");
    }
    AttachmentFolder files = AttachmentFolder.read(folder, 2);

    assertThat(names(files.files())).containsExactly("a.md", "b.txt", "c.csv");
    assertThat(names(files.next())).containsExactly("a.md", "b.txt");
    assertThat(names(files.next())).containsExactly("c.csv", "a.md");
  }

  @Test
  void refusesAFolderWithoutFilesAndAFileOfAnotherSort() throws IOException {
    assertThatThrownBy(() -> AttachmentFolder.read(folder, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("folder " + folder + " has no file");
    assertThatThrownBy(() -> AttachmentFolder.read(folder.resolve("none"), 1))
        .hasMessage("folder " + folder.resolve("none") + " cannot be read: NoSuchFileException");
    Files.writeString(folder.resolve("chart.png"), "no picture");
    assertThatThrownBy(() -> AttachmentFolder.read(folder, 1))
        .hasMessage(
            "attachment " + folder.resolve("chart.png") + " does not begin as a png file does");
  }

  @Test
  void givesNothingWithoutAFolder() {
    assertThat(AttachmentFolder.NONE.next()).isEmpty();
  }
}
