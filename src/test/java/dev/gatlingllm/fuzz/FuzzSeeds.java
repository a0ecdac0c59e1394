package dev.gatlingllm.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.provider.bedrock.FrameStream;
import dev.gatlingllm.provider.chat.ChatStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Writes what the fuzzer begins with: streams as the tests draw them, and files of users. */
public final class FuzzSeeds {

  private static final int SEEDS = 200;

  private FuzzSeeds() {}

  /**
   * Writes them into the folders {@code chat}, {@code frames} and {@code files} of the folder that
   * is named.
   */
  public static void main(String[] arguments) throws IOException {
    Path chat = Files.createDirectories(Path.of(arguments[0], "chat"));
    Path frames = Files.createDirectories(Path.of(arguments[0], "frames"));
    Path files = Files.createDirectories(Path.of(arguments[0], "files"));
    int number = 0;
    for (byte[] input : InputFiles.whole()) {
      Files.write(files.resolve("file-" + number++), input);
    }
    for (int i = 0; i < ChatShapes.ALL.size(); i++) {
      byte[] body = ChatShapes.ALL.get(i).getBytes(UTF_8);
      Files.write(chat.resolve("shape-" + i), FuzzedBytes.input(0, body));
      for (int flag : ChatStreamFuzz.KINDS) {
        Files.write(chat.resolve("shape-" + i + "-" + flag), FuzzedBytes.input(1 << flag, body));
      }
    }
    for (int seed = 0; seed < SEEDS; seed++) {
      String name = "drawn-" + seed;
      Files.write(
          chat.resolve(name),
          FuzzedBytes.input(0, ChatStream.draw(new SplittableRandom(seed)).bytes()));
      Files.write(
          frames.resolve(name),
          FuzzedBytes.input(0, FrameStream.draw(new SplittableRandom(seed)).bytes()));
    }
  }
}
