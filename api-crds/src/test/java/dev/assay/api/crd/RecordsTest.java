package dev.assay.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every record of the API keeps to.
class RecordsTest {
  private static final Set<Class<?>> RECORDS = records();

  @Test
  void noneHasAGetterThatWouldBecomeAProperty() {
    assertThat(RECORDS).hasSizeGreaterThan(50);
    assertThat(RECORDS.stream().flatMap(RecordsTest::getters)).isEmpty();
  }

  private static Stream<Method> getters(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getName().matches("(is|get)[A-Z].*"));
  }

  /// An old operator must read the objects of a newer CRD.
  @Test
  void eachIgnoresFieldsThatItDoesNotKnow() {
    assertThat(RECORDS)
        .allSatisfy(type ->
            assertThat(type.getAnnotation(JsonIgnoreProperties.class))
                .as("%s", type)
                .isNotNull()
                .matches(JsonIgnoreProperties::ignoreUnknown));
  }

  @Test
  void eachLeavesOutWhatIsAbsent() {
    assertThat(RECORDS)
        .allSatisfy(
            type -> assertThat(type.getAnnotation(JsonInclude.class)).as("%s", type).isNotNull());
  }

  private static Set<Class<?>> records() {
    var found = new LinkedHashSet<Class<?>>();
    for (var kind : CrdEmitter.KINDS) {
      for (var part : ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments()) {
        collect(part, found);
      }
    }
    return found;
  }

  private static void collect(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType parameterized) {
      for (var argument : parameterized.getActualTypeArguments()) {
        collect(argument, found);
      }
    } else if (type instanceof Class<?> raw && raw.isRecord() && found.add(raw)) {
      for (var component : raw.getRecordComponents()) {
        collect(component.getGenericType(), found);
      }
    }
  }
}
