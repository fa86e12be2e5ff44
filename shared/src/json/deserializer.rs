//! The cursor as what `serde` reads types from.
//!
//! Each method asks the visitor for the one form that is written for its type, never for any other: a
//! form that is not asked for is not compiled.

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::cursor::{Cursor, Stopped};

/// What a visitor makes of its form.
type Made<T> = Result<T, Stopped>;

macro_rules! numbers {
    ($($method:ident $visit:ident,)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
            visitor.$visit(self.number()?.parse().map_err(|_| Stopped)?)
        }
    )+ };
}

impl<'de> Deserializer<'de> for &mut Cursor<'de> {
    type Error = Stopped;

    /// Types that do not say what they are cannot be read.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Made<V::Value> {
        Err(Stopped)
    }

    numbers! {
        deserialize_u8 visit_u64,
        deserialize_u16 visit_u64,
        deserialize_u32 visit_u64,
        deserialize_u64 visit_u64,
        deserialize_i8 visit_i64,
        deserialize_i16 visit_i64,
        deserialize_i32 visit_i64,
        deserialize_i64 visit_i64,
        deserialize_f32 visit_f64,
        deserialize_f64 visit_f64,
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
        let value = self.take("true");
        if value || self.take("false") {
            visitor.visit_bool(value)
        } else {
            Err(Stopped)
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
        visitor.visit_str(&self.string()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
        if self.take("null") {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
        if self.take("null") {
            visitor.visit_unit()
        } else {
            Err(Stopped)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Made<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
        self.enter(b'[')?;
        let value = visitor.visit_seq(Items::of(self))?;
        self.leave(b']')?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Made<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
        self.enter(b'{')?;
        let value = visitor.visit_map(Items::of(self))?;
        self.leave(b'}')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Made<V::Value> {
        self.deserialize_map(visitor)
    }

    /// `"name"`, or `{"name": content}`: the externally tagged form.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Made<V::Value> {
        let has_content = self.peek() == Some(b'{');
        if !has_content {
            return visitor.visit_enum(Variant {
                cursor: self,
                has_content,
            });
        }
        self.enter(b'{')?;
        let value = visitor.visit_enum(Variant {
            cursor: self,
            has_content,
        })?;
        self.leave(b'}')?;
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Made<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { bytes byte_buf unit_struct tuple_struct }
}

/// The items of a list or an object.
struct Items<'a, 'de> {
    cursor: &'a mut Cursor<'de>,
    first: bool,
}

impl<'a, 'de> Items<'a, 'de> {
    const fn of(cursor: &'a mut Cursor<'de>) -> Self {
        Self {
            cursor,
            first: true,
        }
    }

    fn next<T: DeserializeSeed<'de>>(&mut self, close: u8, seed: T) -> Made<Option<T::Value>> {
        if !self.cursor.advance(&mut self.first, close)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.cursor).map(Some)
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Stopped;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Made<Option<T::Value>> {
        self.next(b']', seed)
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Stopped;

    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Made<Option<T::Value>> {
        self.next(b'}', seed)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Made<T::Value> {
        self.cursor.expect(b':')?;
        seed.deserialize(&mut *self.cursor)
    }
}

/// A variant: its name, and its content behind a colon. One type for both, so that each `enum` is
/// compiled once.
struct Variant<'a, 'de> {
    cursor: &'a mut Cursor<'de>,
    has_content: bool,
}

impl<'de> Variant<'_, 'de> {
    fn content(&mut self) -> Made<&mut Cursor<'de>> {
        if self.has_content {
            Ok(self.cursor)
        } else {
            Err(Stopped)
        }
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Stopped;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Made<(T::Value, Self)> {
        let name = seed.deserialize(&mut *self.cursor)?;
        if self.has_content {
            self.cursor.expect(b':')?;
        }
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Stopped;

    fn unit_variant(self) -> Made<()> {
        if self.has_content && !self.cursor.take("null") {
            return Err(Stopped);
        }
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(mut self, seed: T) -> Made<T::Value> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'de>>(mut self, _: usize, visitor: V) -> Made<V::Value> {
        self.content()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        mut self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Made<V::Value> {
        self.content()?.deserialize_map(visitor)
    }
}
