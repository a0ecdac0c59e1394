package dev.gatlingllm.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import dev.gatlingllm.secret.Redaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** A logged event whose texts have passed the gate. */
record ScrubbedEvent(ILoggingEvent event) implements ILoggingEvent {

  /** Our loggers log what code around a call throws, which may quote its answer. */
  private static final String OURS = "dev.gatlingllm.";

  /** Whether it has an exception whose messages are to be left out. */
  static boolean mayQuote(ILoggingEvent event) {
    return event.getThrowableProxy() != null
        && String.valueOf(event.getLoggerName()).startsWith(OURS);
  }

  @Override
  public String getMessage() {
    return getFormattedMessage();
  }

  /** Nothing is left to be put into the message. */
  @Override
  public Object[] getArgumentArray() {
    return null;
  }

  @Override
  public String getFormattedMessage() {
    String text = event.getFormattedMessage();
    return text == null ? text : Redaction.line(text);
  }

  @Override
  public IThrowableProxy getThrowableProxy() {
    return ScrubbedThrowable.of(event.getThrowableProxy(), mayQuote(event));
  }

  @Override
  public Map<String, String> getMDCPropertyMap() {
    Map<String, String> shown = new LinkedHashMap<>();
    event.getMDCPropertyMap().forEach((key, value) -> shown.put(key, Redaction.line("" + value)));
    return shown;
  }

  @Override
  @SuppressWarnings("deprecation") // The interface still asks for it.
  public Map<String, String> getMdc() {
    return getMDCPropertyMap();
  }

  /** What they hold is an object of any kind. */
  @Override
  public List<KeyValuePair> getKeyValuePairs() {
    return event.getKeyValuePairs() == null
        ? List.of()
        : event.getKeyValuePairs().stream()
            .map(pair -> new KeyValuePair(pair.key, Redaction.line("" + pair.value)))
            .toList();
  }

  @Override
  public String getThreadName() {
    return event.getThreadName();
  }

  @Override
  public Level getLevel() {
    return event.getLevel();
  }

  @Override
  public String getLoggerName() {
    return event.getLoggerName();
  }

  @Override
  public LoggerContextVO getLoggerContextVO() {
    return event.getLoggerContextVO();
  }

  @Override
  public StackTraceElement[] getCallerData() {
    return event.getCallerData();
  }

  @Override
  public boolean hasCallerData() {
    return event.hasCallerData();
  }

  @Override
  public List<Marker> getMarkerList() {
    return event.getMarkerList();
  }

  @Override
  public long getTimeStamp() {
    return event.getTimeStamp();
  }

  @Override
  public int getNanoseconds() {
    return event.getNanoseconds();
  }

  @Override
  public long getSequenceNumber() {
    return event.getSequenceNumber();
  }

  @Override
  public void prepareForDeferredProcessing() {
    event.prepareForDeferredProcessing();
  }
}
