package dev.gatlingllm.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEventVO;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;

/** Hands scrubbed events to an appender that formats them where we cannot see it. */
final class ScrubbedAppender extends AppenderBase<ILoggingEvent> {

  private final Appender<ILoggingEvent> appender;

  ScrubbedAppender(Appender<ILoggingEvent> appender) {
    this.appender = appender;
    setName(appender.getName());
    setContext(appender.getContext());
    started = true;
  }

  @Override
  protected void append(ILoggingEvent event) {
    // Those that send events over a network know Logback's own classes only.
    appender.doAppend(LoggingEventVO.build(new ScrubbedEvent(event)));
  }

  @Override
  public void stop() {
    appender.stop();
    super.stop();
  }
}
