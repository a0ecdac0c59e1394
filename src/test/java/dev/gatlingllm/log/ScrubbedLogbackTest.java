package dev.gatlingllm.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import dev.gatlingllm.secret.RecentPrompts;
import dev.gatlingllm.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubbedLogbackTest {

  private static final String KEY = "logged-bf1f0a7c2d94e6b4";
  private static final String PROMPT = "Which of the lodgers wrote the anonymous letter?";

  @TempDir private Path folder;
  private final LoggerContext context = new LoggerContext();

  /** One that formats events itself, out of our sight. */
  public static final class Foreign extends AppenderBase<ILoggingEvent> {

    static final List<String> LINES = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      LINES.add(event.getFormattedMessage() + " " + event.getMessage());
      if (event.getThrowableProxy() != null) {
        LINES.add(event.getThrowableProxy().getMessage());
        LINES.add(event.getThrowableProxy().getCause().getMessage());
      }
    }
  }

  @BeforeAll
  static void know() {
    Secret unused = Secret.of(KEY);
    RecentPrompts.ofProcess().add(List.of(PROMPT));
  }

  @BeforeEach
  void giveTheContextWhatSlf4jWouldGiveIt() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void everyLineIsScrubbedWithItsStackTrace() throws IOException {
    configure("TRACE");
    ScrubbedLogback.install(context);

    logEverything();

    assertThat(Files.readString(folder.resolve("plain.log")))
        .contains("said *** of [prompt]", "IllegalStateException: *** [prompt]", "Caused by")
        .doesNotContain(KEY, "lodgers");
    assertThat(Files.readString(folder.resolve("named.log")))
        .contains("[\"***\",\"[prompt]\"]")
        .doesNotContain(KEY, "lodgers");
  }

  @Test
  void childrenOfAnAsynchronousAppenderAreScrubbed() throws IOException {
    configure("TRACE");
    ScrubbedLogback.install(context);
    logEverything();
    context.stop();

    assertThat(Files.readString(folder.resolve("async.log")))
        .contains("said *** of [prompt]")
        .doesNotContain(KEY, "lodgers");
  }

  @Test
  void anAppenderThatFormatsEventsItselfGetsScrubbedOnes() {
    configure("TRACE");
    ScrubbedLogback.install(context);
    Foreign.LINES.clear();
    logEverything();

    assertThat(Foreign.LINES)
        .contains("*** [prompt]", "said *** of [prompt] said *** of [prompt]")
        .noneMatch(line -> line.contains(KEY) || line.contains("lodgers"));
  }

  @Test
  void aConfigurationThatIsReadAgainIsScrubbedAndCappedAgain() throws IOException {
    configure("WARN");
    ScrubbedLogback.install(context);
    context.reset();
    configure("TRACE");
    logEverything();

    assertThat(Files.readString(folder.resolve("plain.log")))
        .contains("said *** of [prompt]")
        .doesNotContain(KEY, "lodgers");
    assertThat(context.getLogger("io.netty.handler").isDebugEnabled()).isFalse();
  }

  @Test
  void librariesThatPrintHeadersAreCappedWhateverIsSetForThem() {
    configure("TRACE");
    ScrubbedLogback.install(context);

    for (String name :
        List.of(
            "io.gatling.http.client.impl.DefaultHttpClient",
            "software.amazon.awssdk.request",
            "software.amazon.awssdk.auth.signer",
            "com.azure.core.http",
            "reactor.netty.http.client",
            "io.netty.handler.logging.LoggingHandler",
            "com.openai")) {
      assertThat(context.getLogger(name).isDebugEnabled()).as(name).isFalse();
      context.getLogger(name).setLevel(Level.TRACE);
      assertThat(context.getLogger(name).isDebugEnabled()).as(name + ", set later").isFalse();
    }
    assertThat(context.getLogger("a.user.Simulation").isTraceEnabled()).isTrue();
  }

  @Test
  void aQuietConfigurationStaysQuiet() {
    configure("ERROR");
    ScrubbedLogback.install(context);
    assertThat(context.getLogger("io.netty.util").isWarnEnabled()).isFalse();
    context.getLogger("ROOT").setLevel(Level.TRACE);
    context.getLogger("ROOT").setLevel(Level.WARN);
    assertThat(context.getLogger("io.netty.util").isInfoEnabled()).isFalse();
  }

  @Test
  void installingItTwiceChangesNothing() throws IOException {
    configure("TRACE");
    ScrubbedLogback.install(context);
    ScrubbedLogback.install(context);
    logEverything();
    assertThat(Files.readString(folder.resolve("plain.log")).split("said", -1)).hasSize(2);
  }

  private void logEverything() {
    context
        .getLogger("named")
        .error(
            "said {} of {}",
            KEY,
            PROMPT,
            new IllegalStateException(KEY + " " + PROMPT, new RuntimeException(KEY + PROMPT)));
  }

  private void configure(String root) {
    String xml =
        String.format(
            Locale.ROOT,
            """
        <configuration>
          <appender name="PLAIN" class="ch.qos.logback.core.FileAppender">
            <file>%1$s/plain.log</file>
            <encoder><pattern>%%msg%%n%%ex</pattern></encoder>
          </appender>
          <appender name="NAMED" class="ch.qos.logback.core.FileAppender">
            <file>%1$s/named.log</file>
            <encoder class="ch.qos.logback.classic.encoder.JsonEncoder"/>
          </appender>
          <appender name="INNER" class="ch.qos.logback.core.FileAppender">
            <file>%1$s/async.log</file>
            <encoder><pattern>%%msg%%n</pattern></encoder>
          </appender>
          <appender name="ASYNC" class="ch.qos.logback.classic.AsyncAppender">
            <appender-ref ref="INNER"/>
          </appender>
          <appender name="FOREIGN" class="%2$s"/>
          <logger name="named"><appender-ref ref="NAMED"/></logger>
          <logger name="io.gatling.http" level="TRACE"/>
          <logger name="software.amazon.awssdk.auth" level="DEBUG"/>
          <root level="%3$s">
            <appender-ref ref="PLAIN"/><appender-ref ref="ASYNC"/><appender-ref ref="FOREIGN"/>
          </root>
        </configuration>
        """,
            folder,
            Foreign.class.getName(),
            root);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    } catch (ch.qos.logback.core.joran.spi.JoranException e) {
      throw new AssertionError(e);
    }
  }

  /** Throws wherever it is asked. */
  private static final class Unreadable extends Error {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  @Test
  void aThrowableThatCannotBeReadIsNamedAndThrowsNothing() throws IOException {
    configure("WARN");
    ScrubbedLogback.install(context);
    Logger logger = context.getLogger("any");

    logger.error("first", new Unreadable());
    logger.error("second {}", 2, new IllegalStateException("of an", new Unreadable()));
    logger.debug("third", new Unreadable());

    assertThat(Files.readString(folder.resolve("plain.log")))
        .contains("first", "ScrubbedLogbackTest$Unreadable, which cannot be read")
        .contains("second 2", "IllegalStateException, which cannot be read")
        .doesNotContain("third");
  }
}
