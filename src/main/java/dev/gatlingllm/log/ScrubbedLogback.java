package dev.gatlingllm.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.ConfigurationEvent;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.ILoggerFactory;

/**
 * Puts the gate behind every appender of Logback: what an appender formats itself is scrubbed as it
 * is written, what it hands on as an event is scrubbed before. Does so again when the configuration
 * was read again.
 */
final class ScrubbedLogback {

  private ScrubbedLogback() {}

  static void install(ILoggerFactory logback) {
    LoggerContext context = (LoggerContext) logback;
    synchronized (ScrubbedLogback.class) {
      scrubAll(context);
      if (LevelCaps.install(context)) {
        context.addConfigurationEventListener(event -> configured(context, event));
      }
    }
  }

  private static void configured(LoggerContext context, ConfigurationEvent event) {
    switch (event.getEventType()) {
      case PARTIAL_CONFIGURATION_ENDED_SUCCESSFULLY,
          CONFIGURATION_ENDED_SUCCESSFULLY,
          CONFIGURATION_ENDED_WITH_XML_PARSING_ERRORS ->
          scrubAll(context);
      default -> {}
    }
  }

  private static void scrubAll(LoggerContext context) {
    UnreadableThrowables.install(context);
    context.getLoggerList().forEach(ScrubbedLogback::scrubAppenders);
  }

  private static void scrubAppenders(AppenderAttachable<ILoggingEvent> owner) {
    List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    owner.iteratorForAppenders().forEachRemaining(appenders::add);
    for (Appender<ILoggingEvent> appender : appenders) {
      scrub(owner, appender);
    }
  }

  @SuppressWarnings("unchecked") // In Logback's classic module events are the only thing logged.
  private static void scrub(
      AppenderAttachable<ILoggingEvent> owner, Appender<ILoggingEvent> appender) {
    if (appender instanceof OutputStreamAppender<ILoggingEvent> writing) {
      scrub(writing);
    } else if (appender instanceof AppenderAttachable<?> parent) {
      scrubAppenders((AppenderAttachable<ILoggingEvent>) parent);
    } else if (!(appender instanceof ScrubbedAppender)) {
      owner.addAppender(new ScrubbedAppender(appender));
      owner.detachAppender(appender);
    }
  }

  private static void scrub(OutputStreamAppender<ILoggingEvent> appender) {
    if (appender.getEncoder() != null && !(appender.getEncoder() instanceof ScrubbedEncoder)) {
      appender.setEncoder(new ScrubbedEncoder(appender.getEncoder()));
    }
  }
}
