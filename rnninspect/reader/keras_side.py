"""stub"""

from rnninspect.reader.calls import library_default
from rnninspect.reader.values import *


class KerasSide:
    def keep_model(self, state, ref, reason):
        pass

    def use_layer(self, f, args, kwargs, node):
        return self.call_unseen([f, *args], "x")

    def call_keras(self, f, args, kwargs, node):
        return library_default(self, f.path, args, kwargs, node)

    def call_method_of_layer(self, r, name, args, kwargs, node):
        return self.call_unseen([r, *args, *kwargs.values()], f"`{name}` is not followed")

    call_method_of_data = call_method_of_object = call_method_of_library = call_method_of_layer

    def attribute_of_layer(self, v, name, node):
        return Unresolved(name)

    attribute_of_data = attribute_of_layer

    def set_attribute_of_layer(self, v, name, item):
        pass

    def is_model_class(self, cls):
        return False

    def initialize(self, made, args, kwargs, node):
        self.call_unseen([made, *args, *kwargs.values()], "base")

    def is_layer_of(self, v, path):
        return None

    def check_unpacking(self, *a):
        pass

    def part_of_tensor(self, v, n):
        return Unresolved("part")

    def binary_operation(self, name, l, r, node):
        return Unresolved("op")

    def item_of_data(self, v, k, node):
        return Unresolved("item")

    def call_on_tensors(self, *a):
        return None

    def set_column(self, *a):
        pass

    def attribute_was_set(self, *a):
        pass

    def was_bound(self, *a):
        pass
