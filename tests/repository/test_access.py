def test_world(world):
    print(len(vars(world.of)))
