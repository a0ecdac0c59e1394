package dev.gatlingllm.gatling.engine;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.run.EngineReport;
import io.gatling.commons.stats.OK$;
import io.gatling.core.actor.ActorRef;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.controller.Controller;
import io.gatling.core.stats.DataWritersStatsEngine;
import io.gatling.core.stats.StatsEngine;
import io.gatling.core.stats.writer.DataWriterMessage;
import io.gatling.core.stats.writer.LogFileDataWriter;
import io.gatling.core.stats.writer.RunMessage;
import io.gatling.core.stats.writer.ShortScenarioDescription;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.internal.Converters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.collection.immutable.Seq;

class GatlingResultsTest {

  private static final Instant BEGIN = Instant.ofEpochMilli(1_700_000_000_123L);

  @TempDir private Path root;

  @BeforeAll
  static void dsl() {
    var unused = GatlingDefaults.use();
  }

  /** A run of one request of 250 ms, as Gatling writes it; returns its folder. */
  private Path play(String simulation, Instant begin, Assertion... assertions) {
    RunMessage message = message(simulation, begin);
    try (ActorSystem system = new ActorSystem()) {
      StatsEngine stats = stats(system, root, message, assertions);
      stats.start();
      stats.logUserStart("played");
      stats.logResponse(
          "played",
          Converters.toScalaSeq(List.<String>of()).toList(),
          "call",
          begin.toEpochMilli() + 10,
          begin.toEpochMilli() + 260,
          OK$.MODULE$,
          Option.empty(),
          Option.empty());
      stats.logUserEnd("played");
      RecordingActor<Controller.Command> stopped = new RecordingActor<>();
      stats.stop(stopped, Option.empty());
      var unused = stopped.await();
    }
    return root.resolve(message.runId());
  }

  private static RunMessage message(String simulation, Instant begin) {
    return RunMessage.apply(
        "example.S", simulation, begin.toEpochMilli(), "", "3.15.1", ZoneOffset.UTC);
  }

  private static StatsEngine stats(
      ActorSystem system, Path folder, RunMessage message, Assertion... assertions) {
    ActorRef<DataWriterMessage> log =
        system.actorOf(
            LogFileDataWriter.apply(
                message,
                seq(List.of(new ShortScenarioDescription("played", Option.empty()))),
                seq(Stream.of(assertions).map(Assertion::asScala).toList()),
                folder));
    return new DataWritersStatsEngine(
        Converters.toScalaSeq(List.of(log)).toList(), system, () -> BEGIN.toEpochMilli());
  }

  private static <T> Seq<T> seq(List<T> values) {
    return Converters.toScalaSeq(values).toList();
  }

  private EngineReport read(StatsEngine stats) {
    return new GatlingResults(
            "example.S", stats, GatlingDefaults.use(), "-s example.S -rf " + root + " -nr")
        .read();
  }

  /** What is read when Gatling says the name of its folder. */
  private EngineReport readNamed() throws IOException {
    try (ActorSystem system = new ActorSystem()) {
      return read(stats(system, Files.createDirectory(root.resolve("aside")), message("s", BEGIN)));
    }
  }

  private static Path reported(Path folder) throws IOException {
    Files.createFile(folder.resolve("index.html"));
    return folder;
  }

  @Test
  void gatlingsVerdictsOnTheAssertionsAreReadFromItsLog() throws IOException {
    Path folder =
        reported(
            play(
                "s",
                BEGIN,
                global().responseTime().max().lt(300),
                global().responseTime().max().lt(200),
                details("nobody").failedRequests().count().is(0L)));
    EngineReport report = readNamed();

    assertThat(report.folder()).hasValue(folder);
    assertThat(report.assertions())
        .extracting(AssertionResult::passed)
        .containsExactly(true, false, false);
    assertThat(report.assertions().get(1).text()).contains("max", "200");
    assertThat(report.assertions().get(1).actual()).isEqualTo("250");
    assertThat(report.assertions().get(2).actual()).contains("nothing measured", "nobody");
  }

  @Test
  void aRunThatWasCutHasNoReport() throws IOException {
    var unused = play("s", BEGIN, global().responseTime().max().lt(300));
    assertThat(readNamed()).isEqualTo(EngineReport.NONE);
  }

  @Test
  void withoutANameTheNewestFolderOfTheSimulationInThisProcessIsTaken() throws IOException {
    var unusedOlder = reported(play("s", Instant.parse("2999-01-01T00:00:00Z")));
    Path newest = reported(play("s", Instant.parse("2999-01-02T00:00:00Z")));
    var unusedOther = reported(play("other", Instant.parse("2999-01-03T00:00:00Z")));
    assertThat(read(new RecordingStatsEngine()).folder()).hasValue(newest);
  }

  @Test
  void aFolderOfAnEarlierProcessIsNotOfThisRun() throws IOException {
    var unused = reported(play("s", Instant.parse("2000-01-01T00:00:00Z")));
    assertThat(read(new RecordingStatsEngine())).isEqualTo(EngineReport.NONE);
  }
}
