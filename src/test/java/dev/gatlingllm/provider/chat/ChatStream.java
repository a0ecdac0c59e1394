package dev.gatlingllm.provider.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.provider.JsonTexts;
import dev.gatlingllm.provider.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** A stream of chat completions drawn at random, and what must be heard of it. */
public final class ChatStream {

  /** Told when the body is over, not by any byte of it. */
  static final int AT_THE_END = Integer.MAX_VALUE;

  /**
   * One event that must be heard.
   *
   * @param text as in a transcript; of a failure only the beginning
   * @param complete how many bytes of the stream must have come
   */
  record Expected(String text, int complete) {}

  private static final String[] NOISE = {
    ": ping",
    ":",
    "event: message",
    "id: 7",
    "retry: 10",
    "datax: no",
    "dat",
    "data2",
    "foo: data: {}"
  };

  private final SplittableRandom random;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Expected> expected = new ArrayList<>();
  private final int lineEnds;
  private boolean afterCarriageReturn;

  private ChatStream(SplittableRandom random) {
    this.random = random;
    this.lineEnds = random.nextInt(4);
  }

  /** A stream that ends in one of the ways a stream can end. */
  public static ChatStream draw(SplittableRandom random) {
    ChatStream stream = new ChatStream(random);
    if (random.nextInt(5) == 0) {
      stream.bytes.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    }
    int chunks = random.nextInt(12);
    for (int i = 0; i < chunks; i++) {
      stream.chunk();
    }
    stream.ending();
    return stream;
  }

  /** The stream. */
  public byte[] bytes() {
    return bytes.toByteArray();
  }

  List<Expected> expected() {
    return expected;
  }

  private void chunk() {
    switch (random.nextInt(11)) {
      case 0 -> event("{¤'choices':[{'delta':{'role':'assistant','content':''}¤}]}");
      case 1, 2, 3 -> content();
      case 4 -> reasoning();
      case 5 -> toolCall();
      case 6 -> everything();
      case 7 -> event("{'choices':[],¤'prompt_filter_results':[{'hate':{'filtered':false}}]}");
      case 8 -> usage();
      case 9 -> event("{'id':1.5e3,'x':[true,¤{'y':null}],'choices':[{'delta':{}}, 3]}");
      default -> nothing();
    }
  }

  private void content() {
    String text = JsonTexts.text(random);
    String field = random.nextInt(5) == 0 ? "refusal" : "content";
    event(choice("'" + field + "':¤" + quoted(text)), "CONTENT " + text);
  }

  private void reasoning() {
    String text = JsonTexts.text(random);
    String both =
        "'reasoning':" + quoted(text) + ",¤'reasoning_content':" + quoted(text) + ",'content':null";
    event(choice(both), "REASONING " + text);
  }

  private void toolCall() {
    String text = JsonTexts.text(random);
    event(
        choice(
            "'tool_calls':[{'index':0,¤'function':{'name':'f','arguments':" + quoted(text) + "}}]"),
        text.isEmpty() ? "TOOL_CALL without text" : "TOOL_CALL " + text);
  }

  private void everything() {
    String text = JsonTexts.text(random);
    String more = JsonTexts.text(random);
    event(
        "{'choices':[¤{'delta':{'content':"
            + quoted(text)
            + "}},{'delta':{'reasoning':"
            + quoted(more)
            + ",'content':"
            + quoted(more)
            + "},'finish_reason':'length'}],'usage':null¤}",
        "REASONING " + more,
        "CONTENT " + text + more,
        "finish length");
  }

  private void usage() {
    long input = random.nextLong(Long.MAX_VALUE);
    TokenUsage usage =
        new TokenUsage(
            OptionalLong.of(input),
            OptionalLong.of(3),
            OptionalLong.empty(),
            OptionalLong.of(7),
            OptionalLong.of(0));
    event(
        "{'choices':[],'usage':{'prompt_tokens':"
            + input
            + ",'prompt_tokens_details':{'cached_tokens':3},¤'completion_tokens':7,"
            + "'completion_tokens_details':{'reasoning_tokens':0,'audio_tokens':-1}}}",
        usage.toString());
  }

  private void nothing() {
    switch (random.nextInt(3)) {
      case 0 -> line("");
      case 1 -> {
        noise();
        line("");
      }
      default -> {
        line("data:");
        line("");
      }
    }
  }

  private void ending() {
    switch (random.nextInt(7)) {
      case 0 -> {
        event("[DONE]", "completed");
        chunkThatNobodyHears();
      }
      case 1 -> {
        event("{'choices':[{'finish_reason':'stop','delta':{}}]}", "finish stop");
        expected.add(new Expected("completed", AT_THE_END));
      }
      case 2 -> {
        raw("data: [DONE]");
        expected.add(new Expected("completed", AT_THE_END));
      }
      case 3 -> {
        event("{'error':{'code':'slow_down','message':'overloaded'}}", "failed BROKEN slow_down");
        chunkThatNobodyHears();
      }
      case 4 -> {
        event("{'error':{'code':429,'message':'later'},'choices':[]}", "failed THROTTLED 429");
        chunkThatNobodyHears();
      }
      case 5 -> {
        event("{'choices':[{'delta':{'content':}}]}", "failed MALFORMED : not JSON");
        chunkThatNobodyHears();
      }
      default -> {
        event("{'choices':[{'delta':{'content':'a'}}]}", "CONTENT a");
        raw("data: {\"choices\":[{\"delta\":{\"content\":\"b");
        expected.add(new Expected("failed BROKEN : stream ended inside an event", AT_THE_END));
      }
    }
  }

  private void chunkThatNobodyHears() {
    int before = expected.size();
    chunk();
    expected.subList(before, expected.size()).clear();
  }

  private static String choice(String delta) {
    return "{'id':'c',¤'choices':[{'index':0,'delta':{" + delta + "}¤,'finish_reason':null}]}";
  }

  // The quotes of the text itself are not those that stand for quotes of JSON.
  private String quoted(String text) {
    return JsonTexts.quoted(text, random).replace("'", "\\u0027");
  }

  private void event(String json, String... heard) {
    String data = JsonTexts.spaced(json.replace('\'', '"'), random);
    noise();
    for (String part : data.split("\n", -1)) {
      line("data:" + (random.nextInt(3) == 0 && !part.startsWith(" ") ? "" : " ") + part);
      if (random.nextInt(6) == 0) {
        noise();
      }
    }
    int complete = line("");
    for (String text : heard) {
      expected.add(new Expected(text, complete));
    }
  }

  private void noise() {
    while (random.nextInt(4) == 0) {
      line(NOISE[random.nextInt(NOISE.length)]);
    }
  }

  /** Writes a line and returns how many bytes complete it: all but the LF of a CR LF. */
  private int line(String text) {
    raw(text);
    String end = lineEnds < 3 ? LINE_ENDS[lineEnds] : LINE_ENDS[random.nextInt(3)];
    // A line feed alone would be the second half of the line end before it.
    String own = end.equals("\n") && text.isEmpty() && afterCarriageReturn ? "\r\n" : end;
    raw(own);
    afterCarriageReturn = own.equals("\r");
    return bytes.size() - (own.length() - 1);
  }

  private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};

  private void raw(String text) {
    bytes.writeBytes(text.getBytes(UTF_8));
  }
}
