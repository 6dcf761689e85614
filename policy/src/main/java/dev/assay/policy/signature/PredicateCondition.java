package dev.assay.policy.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.NullValue;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A policy's CEL expression over a statement's `predicate`, compiled. JSON's objects are maps, its
/// whole numbers ints, its others doubles.
public final class PredicateCondition {
  /// Comprehensions over an SBOM's components; each step costs microseconds.
  private static final int MAX_ITERATIONS = 200_000;

  private static final Cel CEL =
      CelFactory.standardCelBuilder()
          .setOptions(CelOptions.current().comprehensionMaxIterations(MAX_ITERATIONS).build())
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("predicate", SimpleType.DYN)
          .build();

  private final String expression;
  private final CelRuntime.Program program;

  private PredicateCondition(String expression, CelRuntime.Program program) {
    this.expression = expression;
    this.program = program;
  }

  /// The result of compiling one.
  public sealed interface Read {
    record Condition(PredicateCondition condition) implements Read {}

    record Unusable(String message) implements Read {}
  }

  /// What it says of one predicate.
  sealed interface Answer {
    record Met() implements Answer {}

    /// @param why continues "the condition … "
    record NotMet(String why) implements Answer {}
  }

  public static Read read(String expression) {
    try {
      var ast = CEL.compile(expression).getAst();
      var type = ast.getResultType();
      if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
        return new Read.Unusable("expected a condition (bool), found " + type.name());
      }
      return new Read.Condition(new PredicateCondition(expression, CEL.createProgram(ast)));
    } catch (CelValidationException | CelEvaluationException e) {
      return new Read.Unusable("not a CEL condition: " + e.getMessage());
    }
  }

  Answer ask(JsonNode predicate) {
    try {
      var said = program.eval(Map.of("predicate", value(predicate)));
      return Boolean.TRUE.equals(said) ? new Answer.Met() : new Answer.NotMet("is not true");
    } catch (CelEvaluationException e) {
      // An absent field, most of the time: what cannot be asked is not met.
      return new Answer.NotMet("fails: " + Shown.word(String.valueOf(e.getMessage())));
    }
  }

  String expression() {
    return expression;
  }

  private static Object value(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> {
        var map = new HashMap<String, Object>();
        json.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        json.forEach(item -> list.add(value(item)));
        yield list;
      }
      case STRING -> json.textValue();
      case BOOLEAN -> json.booleanValue();
      case NUMBER ->
          json.isIntegralNumber() && json.canConvertToLong()
              ? (Object) json.longValue()
              : (Object) json.doubleValue();
      case NULL, MISSING, BINARY, POJO -> NullValue.NULL_VALUE;
    };
  }
}
