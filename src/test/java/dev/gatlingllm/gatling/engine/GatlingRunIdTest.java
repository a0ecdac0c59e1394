package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.commons.util.Clock;
import io.gatling.core.actor.ActorRef;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.stats.DataWritersStatsEngine;
import io.gatling.core.stats.StatsEngine;
import io.gatling.core.stats.writer.DataWriterMessage;
import io.gatling.core.stats.writer.LogFileDataWriter;
import io.gatling.core.stats.writer.RunMessage;
import io.gatling.javaapi.core.internal.Converters;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.Seq;

class GatlingRunIdTest {

  @Test
  void theFolderOfARunHasTheNameThatGatlingGaveIt(@TempDir Path results) {
    RunMessage message =
        RunMessage.apply("rpm.S", "s", 1_700_000_000_123L, "", "3.15.1", ZoneOffset.UTC);
    try (ActorSystem system = new ActorSystem()) {
      ActorRef<DataWriterMessage> log =
          system.actorOf(
              LogFileDataWriter.apply(message, empty(), empty(), results.resolve("log.bin")));
      Clock clock = () -> 0;
      StatsEngine stats =
          new DataWritersStatsEngine(Converters.toScalaSeq(List.of(log)).toList(), system, clock);
      assertThat(GatlingRunId.of(stats)).hasValue("s-20231114221320123");
      assertThat(GatlingRunId.of(stats)).hasValue(message.runId());
    }
  }

  @Test
  void anotherEngineHasNone() {
    StatsEngine other =
        (StatsEngine)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {StatsEngine.class},
                (proxy, method, arguments) -> null);
    assertThat(GatlingRunId.of(other)).isEmpty();
  }

  private static <T> Seq<T> empty() {
    return Converters.toScalaSeq(List.<T>of()).toList();
  }
}
