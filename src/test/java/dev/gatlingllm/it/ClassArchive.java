package dev.gatlingllm.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The classes that a run of Gatling loads from its libraries, parsed and verified once for all runs
 * of a JVM (class data sharing): a run then takes about a quarter less processor time. A machine
 * that makes no such archive has none, and its tests only take longer.
 */
final class ClassArchive {

  private static final int MOST_SECONDS = 120;

  /** Null until it was tried. */
  private static Optional<Path> made;

  private ClassArchive() {}

  /** The options of a JVM that runs these tests' classes, with the archive where there is one. */
  static synchronized List<String> options() {
    if (made == null) {
      made = tried();
    }
    List<String> options = new ArrayList<>(List.of("-cp", jars() + File.pathSeparator + folders()));
    made.ifPresent(
        archive -> options.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off")));
    return options;
  }

  private static Optional<Path> tried() {
    try {
      return make();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** An archive knows classes of jar files only, and these must come first. */
  private static String jars() {
    return entries(true);
  }

  private static String folders() {
    return entries(false);
  }

  private static String entries(boolean jars) {
    return String.join(
        File.pathSeparator,
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar") == jars)
            .toList());
  }

  private static Optional<Path> make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("class-archive");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    Path loaded = folder.resolve("loaded.txt");
    Path archive = folder.resolve("classes.jsa");
    boolean listed =
        java(
            folder,
            List.of(
                "-XX:DumpLoadedClassList=" + loaded,
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dllm.record.folder=" + folder.resolve("runs"),
                "-Dllm.warmUp.atMost=0s",
                "-Dllm.load.requests=5",
                "-Dllm.load.rpm=600",
                "-cp",
                jars() + File.pathSeparator + folders(),
                "io.gatling.app.Gatling",
                "-s",
                "rpm.ShapeProfileSimulation",
                "-rf",
                folder.resolve("gatling").toString()));
    if (!listed) {
      return Optional.empty();
    }
    // JDK 17 breaks down on some of the lambdas that it lists.
    List<String> names =
        Files.readAllLines(loaded).stream()
            .filter(line -> !line.startsWith("@") && !line.contains("Lambda"))
            .toList();
    Files.write(loaded, names);
    boolean dumped =
        java(
            folder,
            List.of(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + loaded,
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                jars()));
    return dumped && Files.exists(archive) ? Optional.of(archive) : Optional.empty();
  }

  private static boolean java(Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.txt").toFile())
            .start();
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException left) {
      // In the folder for temporary files.
    }
  }
}
