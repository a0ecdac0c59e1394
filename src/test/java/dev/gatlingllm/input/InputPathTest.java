package dev.gatlingllm.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputPathTest {

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @TempDir private Path temp;

  @AfterEach
  void putBack() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private void onClassPath(String name, String text) throws IOException {
    Path jar = temp.resolve("a b.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry("only-in-jar/"));
      out.putNextEntry(new JarEntry(name));
      out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    Thread.currentThread()
        .setContextClassLoader(new URLClassLoader(new URL[] {jar.toUri().toURL()}, before));
  }

  @Test
  void aFileComesFirst() throws IOException {
    onClassPath("README.md", "other");
    assertThat(InputPath.of("README.md")).isEqualTo(Path.of("README.md"));
  }

  @Test
  void whatIsNoFileIsFoundInAJarOnTheClassPath() throws IOException {
    onClassPath("only-in-jar/payloads one.jsonl", "{\"messages\": []}\n");
    Path found = InputPath.of("only-in-jar/payloads one.jsonl");
    assertThat(Files.readString(found)).isEqualTo("{\"messages\": []}\n");
    try (InputLines lines = InputLines.open(found)) {
      assertThat(lines).isNotNull();
    }
  }

  @Test
  void aFolderOfAJarIsRead() throws IOException {
    onClassPath("only-in-jar/p.json", "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}");
    List<Payload> payloads = PayloadFiles.read(InputPath.of("only-in-jar"));
    assertThat(payloads).hasSize(1);
  }

  @Test
  void whatIsNowhereIsMissingAsAFile() {
    assertThat(InputPath.of("no/such-file.csv")).isEqualTo(Path.of("no/such-file.csv"));
    assertThatThrownBy(() -> PayloadFiles.read(InputPath.of("no/such-file.jsonl")))
        .hasMessageContaining("no/such-file.jsonl");
  }
}
